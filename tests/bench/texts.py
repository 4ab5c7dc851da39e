"""Findings in numbers: made from the words of real reports, so that common and rare words are as common and rare."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate

from inspector.domain.changeset import Write
from inspector.domain.ids import new_id

PROSE = """
hồ sơ trễ hẹn chưa có văn bản xin lỗi niêm yết công khai thủ tục hành chính bộ phận một cửa phiếu kiểm soát quá trình
giải quyết đất đai hộ tịch chứng thực cán bộ công chức vắng không lý do đeo thẻ biển tên kế hoạch cải cách tỷ lệ số
hóa thanh toán trực tuyến báo cáo quý năm đúng hạn phân công nhiệm vụ trung tâm phục vụ quy chế chi tiêu nội bộ tài
sản công rà soát quy phạm pháp luật dịch vụ công mức độ hài lòng phản ánh kiến nghị khắc phục tồn tại kết luận Đồng
Tháp đặc khu
"""
WORDS = PROSE.split()
RARE = [f"QĐ{number}" for number in range(20_000)]
_WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(len(WORDS))))


def finding_texts(count: int, seed: int = 1) -> Iterator[str]:
    """Texts of 12 to 40 words; each names one of 20,000 decisions."""
    chance = random.Random(seed)
    for _ in range(count):
        words = chance.choices(WORDS, cum_weights=_WEIGHTS, k=chance.randint(12, 40))
        words.insert(chance.randrange(len(words)), chance.choice(RARE))
        yield " ".join(words).capitalize() + "."


def finding_writes(texts: Iterator[str], size: int) -> Iterator[list[Write]]:
    """The writes of findings, ``size`` findings in one change set."""
    batch: list[Write] = []
    for text in texts:
        batch.append(Write("finding", new_id(), "content", text, ()))
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
