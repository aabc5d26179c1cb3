"""What each key of a content file is for: the help that an editor's program shows beside it.

A key whose field in schema.py has a description is not repeated here.
"""

from __future__ import annotations

from collections.abc import Mapping

_CHECKED = "Ngày gần nhất có người so tệp này với nguồn, viết như 2026-11-20"
_REVIEW = "Từ ngày này câu trả lời nói thêm là có thể đã cũ"
_SOURCE = "Mã nguồn trong service_guides/_sources.yaml"
_UNCONFIRMED = "Vì sao chưa chắc. Người dân đọc thấy câu này"
_CONFIRMED = "Ngày đã kiểm tra là đúng"
_EXAMPLES = "Câu người dân hay nói, mỗi dòng một câu: có dấu, không dấu, nói trống, nói ngọng đều được"
_RELATED = "Bài hoặc mục hỏi đáp nên xem tiếp"
_LINK = "Trang trên danh sách tin cậy, viết đủ https://…"

# shape → key → help; "": the parts of a guide, which example sentences are sorted by
HELP: Mapping[str, Mapping[str, str]] = {
    "": {
        "tong_quan": "Câu hỏi chung về việc này",
        "doi_tuong": "Câu hỏi có được không, ai được làm",
        "ho_so": "Câu hỏi cần giấy tờ gì",
        "le_phi": "Câu hỏi hết bao nhiêu tiền",
        "thoi_han": "Câu hỏi mất bao lâu",
        "han_chot": "Câu hỏi phải làm trước khi nào",
        "noi_nop": "Câu hỏi nộp ở đâu",
        "cac_buoc": "Câu hỏi làm thế nào",
        "ket_qua": "Câu hỏi nhận được gì",
        "loi": "Câu kể một lỗi, một chỗ vướng",
        "tra_cuu": "Câu hỏi hồ sơ đến đâu rồi",
        "muc_phat": "Câu hỏi có bị phạt không",
        "can_cu": "Câu hỏi theo luật nào",
    },
    "ItemFile": {"link": _LINK},
    "AmountFile": {
        "note": "Khi nào, cho ai thì đúng mức này, thí dụ: khi nộp trên mạng",
        "source": _SOURCE,
        "unconfirmed": _UNCONFIRMED,
    },
    "OptionFile": {
        "label": "Chữ trên nút bấm, ngắn",
        "ages": "Tuổi khớp với lựa chọn này: -13, 6-13 hoặc 14-",
        "overdue": "Số ngày đã quá hạn khớp với lựa chọn này: 0-0 là còn hạn, 1-29, 365-",
    },
    "QuestionFile": {
        "ask": "Câu hỏi người dân. Không hỏi con số («mấy tuổi?»)",
        "options": "Các câu trả lời chọn được, ít nhất hai",
        "shared": "Dùng câu hỏi này trong service_guides/_shared.yaml",
    },
    "GuideFile": {
        "title": "Tên việc, như trên nút bấm",
        "topic": "Chủ đề của bài. Không viết thì bài là chủ đề của chính nó",
        "aliases": "Tên gọi thường ngày và tên cũ, mỗi tên chỉ ở một bài",
        "group": "Nhóm trong danh mục",
        "essential": "true: một trong 25 dịch vụ thiết yếu",
        "procedure": "Mã thủ tục trên Cổng Dịch vụ công quốc gia, trong dấu nháy",
        "agency": "Nơi giải quyết, mã trong service_guides/_agencies.yaml",
        "code": "Mã ngắn để in ra giấy và gõ ở mọi kênh: hai chữ hoa, hai số",
        "owner": "Ai chịu trách nhiệm đọc lại bài",
        "summary": "Trả lời trong một, hai câu: làm ở đâu, bao lâu, bao nhiêu tiền",
        "checked": _CHECKED,
        "review_by": _REVIEW,
        "questions": "Câu hỏi để chia trường hợp, hỏi theo thứ tự này, chỉ khi cần",
        "who": "Ai được làm, ai phải làm",
        "documents": "Hồ sơ, giấy tờ",
        "fees": "Lệ phí. Mức mới thì thêm ngày, đừng sửa mức cũ",
        "duration": "Bao lâu thì xong. Mục nào cũng có nguồn",
        "deadlines": "Phải làm trước khi nào. Mục nào cũng có nguồn",
        "where": "Nộp ở đâu",
        "steps": "Từng bước, mỗi bước một việc",
        "result": "Nhận được gì",
        "problems": "Lỗi hay gặp và cách gỡ",
        "tracking": "Xem hồ sơ đến đâu",
        "penalties": "Mức phạt. Mục nào cũng có nguồn",
        "related": _RELATED,
        "warnings": "Cảnh báo lừa đảo liên quan, mã trong faq_vi/canh_bao/",
    },
    "SharedFile": {
        "questions": "Câu hỏi nhiều bài cùng hỏi. Người dân chỉ phải trả lời một lần",
        "items": "Mục nhiều bài cùng có",
        "problems": "Lỗi nhiều bài cùng gặp",
    },
    "SourceFile": {
        "title": "Tên văn bản hoặc trang",
        "number": "Số hiệu, như 68/2020/QH14",
        "since": "Ngày có hiệu lực",
        "until": "Ngày cuối còn hiệu lực",
        "url": "Trang đã mở xem thật, không đoán",
    },
    "PhoneFile": {
        "number": "Số điện thoại",
        "confirmed": _CONFIRMED,
        "unconfirmed": _UNCONFIRMED,
        "source": _SOURCE,
    },
    "AgencyFile": {"name": "Tên hiện nay", "phones": "Số điện thoại, theo tên", "url": _LINK},
    "AgenciesFile": {"hosts": "Trang tin cậy của nguồn và đường dẫn"},
    "LocalFile": {
        "name": "Tên tỉnh, thành phố",
        "was": "Các tỉnh cũ đã nhập vào",
        "words": "Cách gọi tắt, và tên nơi chỉ có ở tỉnh này",
        "phones": "Số điện thoại của tỉnh",
        "fees": "Mức tiền riêng của tỉnh: bài → mục lệ phí → ngày → mức",
    },
    "IntentFile": {"guide": "Mã bài, trùng tên tệp"},
    "SmallTalkItem": {"examples": _EXAMPLES, "answer": "Câu bot trả lời"},
    "NeighbourItem": {
        "title": "Tên việc mà bot không hướng dẫn",
        "examples": _EXAMPLES,
        "answer": "Ai làm việc đó, hỏi ở đâu",
        "related": "Bài hoặc chủ đề gần với việc này",
    },
    "EntryItem": {
        "topic": "Chủ đề của câu hỏi",
        "questions": f"{_EXAMPLES}. Câu đầu là tên của mục",
        "examples": "Thêm câu mẫu, theo phần được hỏi (ho_so, le_phi …)",
        "answer": "Câu trả lời: ý chính trước, trong một hai câu",
        "source": _SOURCE,
        "checked": _CHECKED,
        "review_by": _REVIEW,
        "unconfirmed": _UNCONFIRMED,
        "link": _LINK,
        "error": "Đúng chữ báo lỗi trên màn hình",
        "related": _RELATED,
    },
    "WarningFile": {
        "title": "Tên thủ đoạn",
        "signs": "Dấu hiệu nhận ra, mỗi dòng một dấu hiệu",
        "says": "Câu kẻ lừa đảo hay nói",
        "truth": "Sự thật, nói bình tĩnh",
        "then": "Đã lỡ thì làm tiếp từ đâu: lựa chọn của câu hỏi chuyen_gi trong bài lua_dao",
        "sources": _SOURCE,
        "checked": _CHECKED,
    },
    "DomainItem": {
        "agency": "Cơ quan có trang này",
        "confirmed": _CONFIRMED,
        "unconfirmed": _UNCONFIRMED,
        "names": "Tên mà trang giả hay mượn của cơ quan này, viết liền không dấu",
    },
    "FormsItem": {
        "rut_gon": "Trang rút gọn link, che mất địa chỉ thật",
        "tro_chuyen": "Trang nhắn tin, mời vào nhóm",
        "mien_phi": "Nơi ai cũng lập được trang",
        "kho": "Kho ứng dụng ngoài App Store và CH Play",
        "duoi_la": "Đuôi tên miền mà cơ quan Việt Nam không dùng",
        "nganh": "Chữ chỉ trang của ngành đó mới nên có, như bank",
        "di_kem": "Chữ hay đứng cạnh tên bị mượn, như online, hotro",
        "khong_phai": "Chữ dài chứa tên bị mượn nhưng là chuyện khác, như dichvucongchung",
    },
    "DomainsFile": {
        "domains": "Trang chính thức, không có https://",
        "watch": "Chữ hay bị nhái mà không của riêng cơ quan nào",
        "forms": "Dạng link và chữ mà bot để ý",
    },
    "SignalItem": {
        "kind": "Loại dấu hiệu",
        "weight": "Nặng bao nhiêu, như 1.5",
        "reason": "Câu người dân đọc: vì sao đáng ngờ",
        "phrases": "Cụm từ của kẻ lừa đảo",
    },
    "SignalsFile": {
        "signals": "Dấu hiệu lừa đảo trong một tin nhắn",
        "panic": "Cụm từ của người đã lỡ: lựa chọn của câu hỏi chuyen_gi → cụm từ; cả câu thì thêm vào _cau_mau_bi_hai*.yaml",
        "calm": "Cụm từ cho biết chưa có chuyện gì",
        "genuine": "Cụm từ của thông báo thật: bớt nghi, nhưng không che chuyện đã bị hại",
        "despair": "Lời của người tuyệt vọng; được trả lời trước mọi việc khác",
    },
    "StoriesFile": {
        "harmed": "Lời người đã bị hại kể, cả câu: lựa chọn của câu hỏi chuyen_gi → câu",
        "scams": "Lời kẻ gian, lời kể khi chưa mất gì, chưa thuộc bài cảnh báo nào",
        "ordinary": "Tin thật và câu hỏi bình thường có chữ giống tin lừa đảo",
    },
    "NoticeItem": {
        "text": "Câu thông báo, mỗi người đọc một lần. Viết lại thì đổi cả tên, để ai đã đọc được đọc bản mới",
        "since": "Ngày đầu hiện",
        "until": "Ngày cuối hiện",
        "topics": "Chỉ hiện trên câu trả lời về các chủ đề này; bỏ mục này: hiện ở mọi câu trả lời",
    },
}
