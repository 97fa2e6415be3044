"""Believable names for people who do not exist: Kinh, Khmer and Hoa surnames as they mix in the Mekong delta."""

from random import Random

SURNAMES = (
    ("Nguyễn", 38), ("Trần", 12), ("Lê", 10), ("Phạm", 7), ("Huỳnh", 6), ("Võ", 5), ("Phan", 4), ("Đặng", 3),
    ("Bùi", 3), ("Hồ", 2), ("Ngô", 2), ("Dương", 2), ("Lý", 2), ("Thạch", 2), ("Danh", 1), ("Sơn", 1), ("Trương", 2),
)  # fmt: skip
MEN = {
    "middle": ("Văn", "Hữu", "Minh", "Quốc", "Thanh", "Đức", "Hoàng", "Trọng", "Chí", "Nhật"),
    "given": ("An", "Bình", "Cường", "Duy", "Đạt", "Hải", "Huy", "Khang", "Khoa", "Long", "Nam", "Nghĩa", "Phúc",
              "Quân", "Sang", "Tài", "Thịnh", "Trí", "Tuấn", "Vinh"),
}  # fmt: skip
WOMEN = {
    "middle": ("Thị", "Ngọc", "Thanh", "Mỹ", "Kim", "Bích", "Hồng", "Diễm", "Thùy", "Bảo"),
    "given": ("Anh", "Chi", "Dung", "Giang", "Hà", "Hân", "Hương", "Lan", "Linh", "Loan", "Mai", "My", "Ngân", "Nhi",
              "Như", "Phương", "Quyên", "Thảo", "Trâm", "Vy"),
}  # fmt: skip


def full_name(chance: Random, taken: set[str]) -> str:
    """A name that nobody in ``taken`` has; it is added there."""
    while True:
        kind = chance.choice((MEN, WOMEN))
        surname = chance.choices([s for s, _ in SURNAMES], [w for _, w in SURNAMES])[0]
        name = f"{surname} {chance.choice(kind['middle'])} {chance.choice(kind['given'])}"
        if name not in taken:
            taken.add(name)
            return name
