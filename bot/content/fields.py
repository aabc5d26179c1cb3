"""The typed scalars of the files: text in, money, dates, links and ids out, or a problem code with the way out."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

_MONEY = re.compile(r"\d{1,3}(\.\d{3})*\Z", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_URL = re.compile(r"https?://[a-z0-9.-]+\.[a-z]{2,}(:\d+)?(/\S*)?\Z", re.IGNORECASE)
_AGES = re.compile(r"(\d{0,3})-(\d{0,3})\Z", re.ASCII)
_LATE = re.compile(r"(\d{1,4})-(\d{0,4})\Z", re.ASCII)
OLDEST = 150
FOREVER = 99_999  # days


def _money(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value == "unknown":
        return None
    if not _MONEY.match(value):
        raise PydanticCustomError("tien_sai", "«{value}» – số tiền viết như 200.000 (hoặc unknown)", {"value": value})
    return int(value.replace(".", ""))


def _date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if _DAY.match(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("ngay_sai", "«{value}» – ngày viết như 2026-11-20 (năm-tháng-ngày)", {"value": value})


def _id(value: Any) -> Any:
    if isinstance(value, str) and not _ID.match(value):
        raise PydanticCustomError("ten_sai", "«{value}» – tên viết chữ thường không dấu, nối bằng _", {"value": value})
    return value


def _url(value: Any) -> Any:
    if isinstance(value, str) and not _URL.match(value):
        text = "«{value}» – đường dẫn viết đủ như https://dichvucong.gov.vn"
        raise PydanticCustomError("link_sai", text, {"value": value})
    return value


def _ages(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = _AGES.match(value)
    if not found or value == "-":
        raise PydanticCustomError("ten_sai", "«{value}» – tuổi viết như -13, 6-13 hoặc 14-", {"value": value})
    return int(found[1] or 0), int(found[2] or OLDEST)


def _late(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = _LATE.match(value)
    if not found:
        raise PydanticCustomError(
            "ten_sai", "«{value}» – số ngày quá hạn viết như 0-0, 1-29 hoặc 365-", {"value": value}
        )
    return int(found[1]), int(found[2] or FOREVER)


def _bool(value: Any) -> Any:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise PydanticCustomError("ten_sai", "«{value}» – chỉ viết true hoặc false", {"value": value})
        return value == "true"
    return value


def _weight(value: Any) -> Any:
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        raise PydanticCustomError("ten_sai", "«{value}» – trọng số viết như 1.5", {"value": value}) from None


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


# What an editor's completion accepts: YAML reads 200.000 as a number and 2026-11-20 as a date or text.
_SCALAR = ["string", "number", "boolean"]

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    WithJsonSchema({"type": _SCALAR}),
]
Money = Annotated[
    int | None,
    BeforeValidator(_money),
    WithJsonSchema({"type": ["string", "number"], "description": "Đồng, như 200.000; unknown: chưa có số chắc"}),
]
Day = Annotated[
    date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "description": "Ngày, viết như 2026-11-20"}),
]
Id = Annotated[str, BeforeValidator(_id), WithJsonSchema({"type": "string", "pattern": "^[a-z][a-z0-9_]*$"})]
Url = Annotated[str, BeforeValidator(_url), WithJsonSchema({"type": "string", "format": "uri"})]
Ages = Annotated[
    tuple[int, int],
    BeforeValidator(_ages),
    WithJsonSchema({"type": ["string", "number"], "description": "Tuổi: -13, 6-13 hoặc 14-"}),
]
Late = Annotated[
    tuple[int, int],
    BeforeValidator(_late),
    WithJsonSchema({"type": ["string", "number"], "description": "Số ngày quá hạn: 0-0, 1-29 hoặc 365-"}),
]
Yes = Annotated[bool, BeforeValidator(_bool), WithJsonSchema({"type": "boolean"})]
Weight = Annotated[float, BeforeValidator(_weight), WithJsonSchema({"type": "number"})]
_MANY = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
Ids = Annotated[tuple[Id, ...], BeforeValidator(_one_or_many), WithJsonSchema(_MANY)]
Texts = Annotated[list[Text], BeforeValidator(_one_or_many), WithJsonSchema(_MANY)]
