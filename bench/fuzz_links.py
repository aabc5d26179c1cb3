"""Looks for texts that break the shield or hold it up: links, scam scorer and privacy mask, on made-up messages.

python bench/fuzz_links.py [--runs 20000] [--seed 1] [--worst 10]

Every message has 2,000 characters: one fragment repeated, a few fragments in turn, known scams cut up, or any letters at all.
A message that takes too long is judged twice more and its shortest time counts, so that a busy machine is no finding. The
slowest are printed, whole ones as Python strings; the exit code is 1 when one raised or took longer than the bar.
"""

from __future__ import annotations

import argparse
import heapq
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.scam import cases
from bot.content.load import default_dir, load
from bot.safety.privacy import mask
from bot.safety.scam import Shield

LENGTH = 2000  # characters of a message
BAR = 0.05  # seconds
AGAIN = 2
WIDTH = 40  # of the progress bar

_TIGHT = r"""
https:// hxxp: h**p :// // / \ \: @ %40 %2e % : :443 ? # = & ; . [.] (chấm) [ ( { < · 。 - _ , ' ` ! | aaa 5
a.b a.b@ a@b a.b: lan@ vneid vneid- gov .gov.vn vn- com.vn xn-- .top zalo.me/ t.me/+ tg:// bit.ly/ .apk manifest.plist
0x7f. 255. 2130706433 http://[::1] nganhang dichvucong viet vietcomban vcb 24h rn vv mbb bank é а ё ｖ chuyentien
0 1 09 0912 0912345678 1. 1- +84 1, 12/ 001099012345 1900 C1234567 1/ mk:
"""
_SPACED = """
dot|chấm|vneid-capnhat.|29-A1|1|otp|mã otp là|mật khẩu|stk|số|số nhà|ngõ|ngõ 1/|đường|tổ 1|địa chỉ|tôi tên là|họ tên:|em là|là
|Nguyễn|Văn|chuyển|tiền|cho|nó|rồi|lỡ|bị|lừa|link|bấm|công an|c.ô.n.g|k-ết|d!eu|T1EN|5tr|.|,
"""
_UNSEEN = (" ", "  ", " .", "\n", "\t", "\u00a0", "\x00", "\ud800", "🙂", "\u202e", "\u200b", "\u0301")
FRAGMENTS = (  # what some pattern of the shield begins with, goes on with or looks for
    *_TIGHT.split(),
    *(f"{words} " for words in _SPACED.replace("\n", "").split("|")),
    *_UNSEEN,
)


@dataclass
class Worst:
    """The slowest messages, and those that raised."""

    most: int
    raised: list[tuple[str, str]] = field(default_factory=list)
    slow: list[tuple[float, str]] = field(default_factory=list)

    def add(self, seconds: float, text: str) -> None:
        keep = heapq.heappushpop if len(self.slow) >= self.most else heapq.heappush
        keep(self.slow, (seconds, text))

    @property
    def slowest(self) -> float:
        return max((seconds for seconds, _ in self.slow), default=0.0)


def messages(seed: int) -> Iterator[str]:
    """Without end; the first ones are every fragment by itself."""
    chance, known = random.Random(seed), [case["text"] for _, found in cases() for case in found]
    for fragment in FRAGMENTS:
        yield (fragment * LENGTH)[:LENGTH]
    while True:
        yield _message(chance, known)[:LENGTH]


def _message(chance: random.Random, known: list[str]) -> str:
    match chance.randrange(5):
        case 0:  # one unit repeated, so that a pattern begins again and again
            unit = "".join(chance.choices(FRAGMENTS, k=chance.randint(2, 4)))
            return chance.choice(FRAGMENTS) + unit * LENGTH
        case 1:
            few = chance.sample(FRAGMENTS, k=chance.randint(2, 8))
            return "".join(chance.choices(few, k=LENGTH))
        case 2:  # a long run that a last letter spoils
            text = (chance.choice(FRAGMENTS) * LENGTH)[: LENGTH - 10]
            return text + "".join(chance.choices(FRAGMENTS, k=5))
        case 3:
            text = " ".join(chance.choices(known, k=60))
            for _ in range(chance.randrange(200)):
                at = chance.randrange(len(text))
                text = text[:at] + chance.choice(FRAGMENTS) + text[at + chance.randrange(3) :]
            return text
    return "".join(
        chr(chance.choice((chance.randrange(0x180), chance.randrange(0x1E00, 0x2100), chance.randrange(0x110000))))
        for _ in range(LENGTH)
    )


def seconds(shield: Shield, text: str) -> float:
    """Processor time of all that a message goes through."""
    began = time.thread_time()
    shield.judge(text)
    shield.links(text)
    mask(text)
    return time.thread_time() - began


def fuzz(shield: Shield, runs: int, seed: int, most: int) -> Worst:
    worst = Worst(most)
    for run, text in zip(range(runs), messages(seed), strict=False):
        try:
            took = seconds(shield, text)
            if took > BAR:
                took = min(took, *(seconds(shield, text) for _ in range(AGAIN)))
        except Exception as error:
            worst.raised.append((repr(error), text))
            continue
        worst.add(took, text)
        if run % 50 == 0 or run == runs - 1:
            _progress(run + 1, runs, worst)
    return worst


def _progress(done: int, runs: int, worst: Worst) -> None:
    full = WIDTH * done // runs
    bar = "█" * full + "░" * (WIDTH - full)
    print(
        f"\r{bar} {done}/{runs}, slowest {1000 * worst.slowest:.1f} ms, raised {len(worst.raised)}",
        end="",
        file=sys.stderr,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worst", type=int, default=10)
    args = parser.parse_args()
    shield = Shield(load(default_dir()))
    seconds(shield, "")
    worst = fuzz(shield, args.runs, args.seed, args.worst)
    print(file=sys.stderr)
    for took, text in sorted(worst.slow, reverse=True):
        print(f"{1000 * took:6.1f} ms  {text[:80]!r}")
    for error, text in worst.raised:
        print(f"raised {error}\n  {text!r}")
    print(f"{args.runs} messages of {LENGTH} characters, seed {args.seed}: slowest {1000 * worst.slowest:.1f} ms")
    sys.exit(bool(worst.raised) or worst.slowest > BAR)


if __name__ == "__main__":
    main()
