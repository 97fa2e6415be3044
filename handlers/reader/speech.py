"""The words for what a message does: ask, plan, deny, correct, announce, greet. Folded, by what they are."""

from handlers.reader.tags import Tag

_NOT = """
khong | chua | chang | cha | dau co | khong co | khong di | khong tham gia | khong du | chua di | chua lam | chua tham gia
khong duoc | chua co | hem di | hem co | hem duoc | hong di | hong co | hong duoc | dau co di | deo | eo
vang | vang mat | xin vang | bo lo | lo hen | quen mac | quen di | quen du | khong kip | bo buoi | cup | nghi shcd
ban qua | ban viec | ban cong tac | ban hop | do ban | vi ban | bi ban | ban hoc | ban thi | mac ban | mac cong chuyen
suyt | dang le | le ra | phai chi | gia ma | uoc gi | dinh di ma | tinh di ma | xin nghi | bi benh | bi sot
nghi o nha | khong mac | chua mac | mac viec | bi om | dau benh | khong den duoc | ke cho | huy tham gia
"""

_CALLED_OFF = """
huy | bi huy | da huy | hoan | bi hoan | da hoan | hoan lai | doi lai ngay | doi sang ngay khac | khong to chuc
khong dien ra | hoan den | doi lich | bi doi lich | khong hop | chua to chuc | chua dien ra | chua hop
"""

_HARMLESS = """
van kip | nhung van | van di | van tham gia | ma van | van du | van lam | van truc | chia se | khong chi | khong nhung | khong met | khong sao | khong quen | khong luong | khong cong | khong khoi thuoc | khong keo
noi khong voi | khong rac | khong dung tui | khong vang | khong thieu | khong co gi | khong ngu | khong tien mat | khong lay tien
khong lay phi | khong an | chua ghi | quen ghi | chua bao | quen bao | chua nhap | quen nhap | chua khai | quen khai | chua log | quen log
khong nghi | khong it | khong phep | chua kip ghi | khong kip ghi | khong nho ten | chua ghi vo | chua duoc ghi | khong kho
khong thuoc | khong giay | khong gian | khong khi | nguoi khong noi | khong cham | on dinh | quy dinh | gia dinh | nhat dinh
khang dinh | xac dinh | dinh cu | tai dinh cu | chi tieu | bi thu chi doan | khong tinh luong | khong nhan tien | khong muon ve
"""

_QUESTION = """
bao nhieu | bao lau | may buoi | may lan | may cuoc | may hoat dong | may ngay | lam sao | the nao | nhu the nao
la gi | tai sao | vi sao | sao toi | sao em | sao minh | sao chua | sao khong | sao lai | co phai | khi nao | bao gio
muc nao | bai nao | o dau | cho hoi | xin hoi | hoi xiu | hoi chut | em hoi | ai co | cai nao | ra sao | the sao | cach nao
lam cach nao | phai lam gi | mua o dau | dau vay | gi vay | gi the | nao duoc | co duoc tinh | co tinh | duoc tinh khong
muon hoi | ad cho em hoi | loai nao | nhung gi | nghia la | la sao | may gio nua | may tieng nua | mot thang may
mot tuan may | moi tuan may | moi thang may | moi nam may | mot nam may | may sang kien | mac gi | phai khong | dung khong
duoc khong | co khong | co can | co bat buoc | co phai la | co cach nao | ad oi sao | rang rua | rang lai | vi rang | mo rua
nhu nao | sao vay | sao z | ntn | tsao | vay co | can gi | can nhung gi | lieu | khong biet | khong ro | khong hieu | biet khong
co nen | the co | hoi ngu | bn gio | bn buoi | thi co duoc | thi duoc tinh | thi tinh | thu may | ngay may | phai ai | do ai | ai cong nhan | ai duoc | ai phai | mo the | may gio moi | tu khi nao
"""

_AT_END = "khong | chua | gi | sao | dau | nao | ha | nhi | nhieu | mo | rang | hong"

_PROGRESS = """
con thieu | thieu may | thieu gi | thieu bao nhieu | du chua | du gio chua | du gio | du chi tieu | du so buoi | tien do
ket qua cua em | ket qua cua toi | ket qua cua minh | duoc bao nhieu | duoc may gio | duoc may buoi | duoc may tieng
lam duoc bao nhieu | dat chua | da dat chua | chua thay | khong thay | con no | xem gio | xem ket qua | xem tien do
xem diem | con bao nhieu | con may gio | con may buoi | con may tieng | con phai | con lai bao nhieu | con lai may
tong so gio | tong gio cua | thong ke cua em | thong ke gio cua | tinh hinh cua em | em dat | da ghi chua | ghi chua
luu chua | luu duoc chua | da luu chua | du buoi | con thieu gi | da du | hoan thanh chua | xong chi tieu | bao nhieu gio roi
bao nhieu buoi roi | may gio roi | may buoi roi | coi gio | coi tien do | coi giup em gio | kiem tra giup | du 2 gio chua
duoc tong cong | tong cong duoc | lich su cua em | xem lai | cho em xem | cho toi xem | cho minh xem | cho coi
danh sach da ghi | da ghi nhung gi | dang o muc | xem giup | coi giup | can them | phai lam them | thieu nua
"""

_RULES = """
quy dinh | theo quy dinh nao | phai du | phai lam | phai mac | phai co | co duoc tinh | co tinh | duoc tinh | tinh gio
bat buoc | chi tieu | tieu chi | cach tinh | han chot | dieu kien | duoc mien | co duoc mien | huong dan su dung | ke hoach so
muc dich | theo dieu nao | co bi | co can | thi sao | thi co | cach ghi | lam sao de | de ghi | cach dung | cach log
"""

_PLAN = """
se | dinh di | dinh tham gia | dinh lam | dinh ghi | dang dinh | du dinh | du kien | tinh di | tinh lam | dang tinh | tinh tham gia | tinh qua
tinh rang | tinh toi | tinh chu nhat | tinh t7 | sap | sap di | sap lam | muon di | muon dang ky | muon tham gia | muon lam | chuan bi di
dang ky tham gia | dang ky di | dk di | dk tham gia | dang ky hien mau | se di | se tham gia | se lam | co ke hoach | len ke hoach di
neu | gia su | vi du | truong hop | khi di | chac se | co the se | dinh mai | dinh chu nhat | dinh t7 | dinh cn | dinh toi | dinh chieu
dinh sang | dinh hom qua | dinh hom | dinh bua | dinh toi qua | dinh hom kia | tui dinh | em dinh | toi dinh | minh dinh | em tinh | minh tinh | tui tinh | toi tinh | du tinh | dinh ra | dinh qua
dang ky lich | xin dang ky | se mac | se co | rang di | co gang di | bua nao ranh | hua
"""

_ONGOING = "dang | dang di | dang o | dang tren duong | chua xong"

_ANNOUNCEMENT = """
kinh moi | xin moi | tran trong kinh moi | tran trong moi | thong bao | tb | de nghi cac | de nghi | yeu cau cac | yeu cau
cac dong chi nho | cac dong chi tap trung | cac dong chi | cac ban oi | ca nha oi | moi nguoi oi | mn oi | anh em oi | moi ca nha
moi nguoi nho | mn nho | anh em nho | cac ban nho | cac ban nhe | ca nha nhe | mn nhe | moi nguoi nhe | nho mac | nho mang | nho di dung gio
tap trung luc | tap trung tai | tap trung o | nho tham gia | nho du | ai ranh | ban nao | ai di | khan | hoa toc | moi cac
moi dong chi | moi anh | moi chi | ru mn | ru cac ban | mong cac | rat mong | thu moi | moi d / c | moi dong chi | moi ban | moi em | moi anh chi | moi tham gia | moi moi nguoi | moi mn
cac chi doan bao cao | cac chi doan | lich hop | lich sinh hoat | lich truc | can 5 ban | can them nguoi | tuyen tinh nguyen vien
cac dc nho | cac dc | nha mn | nha moi nguoi | nha ca nha | nghen mn | nhe mn | nhe ca nha | nhe cac ban | nha cac ban | mn co mat
cac em nho | cac em tap trung | gui cac dong chi | gui cac dc | trien khai den | luu y
"""

_CORRECTION = """
sua | sua lai | sua giup | sua dum | sua ho | sua cai | sua muc | xoa | xoa giup | xoa cai | xoa dum | xoa muc | xoa bo | xoa ho
ghi nham | nham roi | a nham | nham ngay | nham gio | nham loai | lo nham | nham muc | nhap nham | bi nham | ghi lon | lon roi | lon ngay | lon gio | bi lon | nhap lon | bam nham | bam lon | ghi sai | nhap sai | ghi trung | nhap trung | bi trung
doi giup | doi lai | doi ngay | doi thanh | doi gio | chinh lai | chinh giup | huy muc | huy giup | huy cai | bo cai | bo muc
khong phai | hong phai | chu khong phai | chu hong phai | dieu chinh | cap nhat lai | ghi lai giup | rut lai | ghi du | ghi thua
tinh nham | sai ngay | sai gio | sai roi | dinh chinh | sua ngay | sua gio | sua thanh | sua buoi | xoa buoi | muon sua | can sua | sua cho | huy ban ghi | go bo muc
"""

_REMINDER = """
nhac em | nhac minh | nhac toi | nhac tui | nhac tao | nhac giup | nho nhac | nhac lich | dat lich nhac | dat nhac | hen gio nhac | tat nhac
bao em truoc | bat nhac | nhac nho em | nhac nho toi | nhac chi | nhac anh | nhac con | nhac truoc | dung nhac | nhac dum | nhac lai | nhac vao
nhac luc | nhac moi | nhac hang | ngung nhac | hen em | hen toi | gui nhac | nhac t2 | nhac thu
"""

_REPORT = """
xuat bao cao | xuat giup | gui bao cao | gui em bao cao | tai bao cao | in bao cao | cho xin file | cho em file | xuat file | xuat excel
cho em xin bao cao | bao cao thang dau | xin bao cao | lay bao cao | cho xin bao cao | tao bao cao | lap bao cao giup | xuat danh sach
"""

_SMALLTALK = """
cam on | cam on ad | cam on nhieu | thanks | thank | tks | thank you | xin chao | chao | chao ad | hello | hi | hi ad | alo | helo | ok | oke
okie | okela | da | da vang | vang a | bye | tam biet | chuc | de thuong | gioi | gioi qua | hay qua | tuyet | hihi | haha | hehe | kk | kaka | huhu
good | ngu ngon | chuc ngu ngon | buon ngu | met qua | hen gap lai | ad oi | bot oi | duoc roi | em biet roi | da hieu
da em cam on | ban la ai | bot la ai | khoe khong | 👍 | ❤ | 😍 | 🙏 | 😊 | 😂 | 🥰 | 👌 | 💪 | 🎉 | 😘 | 😆 | 🤣 | 😁 | 👏 | 💯 | 😅 | 🤗 | 😎 | 🌹 | 😄 | 🫡
"""

_PLEASE_LOG = """
ghi giup | ghi dum | ghi ho | ghi cho em | ghi cho toi | ghi cho minh | ghi cho tui | ghi nhan | log giup | luu giup | nhap giup | ghi nhan giup | ghi
them giup | cap nhat giup | bao cao | kinh bao cao | log | ghi vo | ghi vao | luu | cho em ghi | em bao | em xin bao cao | bao ad
"""

_OTHERS = """
con toi | con tui | con minh | chong toi | vo toi | ba toi | me toi | me em | ba em | anh toi | em toi | chi toi | ban toi | ban tui
con trai toi | con gai toi | sep | thu truong | ca chi doan | anh em | anh em chi doan | cac ban | cac em doan vien | may ban | may dua | nhieu ban | ban ay | anh ay | chi ay | em ay
co ay | ban do | ban kia | ban em | ban minh | vo em | chong em | lop em | lop minh | doan vien em | doan vien cua em
toan chi doan | cac chi doan | tap the | moi nguoi | mn | ca lop | ca don vi | don vi em | don vi minh | co quan em | ca nha | chi doan em
chi doan minh | chi doan toi | phuong em | phuong minh | xa em | doan vien | cac doan vien | bi thu em | sep em | anh nha | ong xa | ba xa | em gai em
em trai em | anh trai em | ban cung lop | dong nghiep em | may anh | may chi | may chu | cac anh | cac chi | hai ban | ba ban | mot ban | 1 ban | 2 ban | 3 ban
5 ban | 10 ban | 20 ban | may ong | tui no | bon no | nguoi ta | thang em | con be | nhom em | to em | doi em | cd em | cd minh | khom em | ap em
"""

_TITLES = "ban | anh | chi | d / c | dong chi | co | chu | bac | thay | em | ong | ba"

_ATTEND = "tham gia | du | tham du | co mat | den du | di du | vao | co tham gia | co du | da tham gia | da du | duoc tham gia | duoc du | tham gia hoat dong | tham gia buoi"

_NAMES = """
lan hung tuan dung hoang minh trang nga hoa hue linh phuong thao huong hang thuy thu ngoc nhung yen my chau diem kieu tram
trinh vy nhi nhu ngan quyen loan lien hanh hien dao cuc sen tuyet khanh long phuc loc tai dat duc khoa khoi kiet huy hieu
hoai phong phat quan quang quoc sang son tam tan thanh thang thinh thien tho toan tri trung truong tu tung viet vinh vu dan
danh thach kim chanh bao binh cuong an nam bich lam giang han uyen xuan hao nghia nhan nguyen tien nhat tinh luan dien duy
"""

_SELF = """
em | minh | toi | tui | tao | to | con | chau | ban than | chung em | chung toi | tui em | tui minh | bon minh | bon em | tui tui | chung minh | ca em | 
em va | minh va | toi va | tui va | em voi | minh voi | toi voi | tui voi | em cung | minh cung | toi cung | tui cung | va em | va minh | va toi | va tui | voi em | voi minh
tui nay | nay em | chi em minh | hai chi em | ca nhom em va
"""

_FILLERS = """
a | nha | nhe | nghen | hen | ne | luon | do | day | roi | nua | ad | admin | bot | oi | thoi | ah | ha | ta | vay | z | day nhe | nhoa | nhen
nghe | hihi | nhe ad | nha ad | ad oi | da | thua | vang | um | uh | uhm | ma | thi | la | cung | co | da | vua | moi | di | den | duoc | xong roi | tan lam | tan ca | di lam ve | sau khi tan lam | di lam ve la | ket qua | ve la | sau gio lam | sau gio hanh chinh | ngoai gio | ngoai gio hanh chinh | ngoai gio lam viec | sau gio lam viec | sau gio hoc
do nha | do ad | do a | day a | chac | hinh nhu | ne ad | co di | cho | bao cao | kinh gui | thuc hien | cua | nhung | hoi | the | ben | ve
"""

_THEN = "roi | xong | sau do | tiep do | roi sau do | xong roi | con | con lai | ngoai ra | xong qua | xong la | luon | ke do | tiep theo | sau khi | xong thi | con thi"

_CLOCK_CUES = "luc | vao luc | tu | bat dau | bat dau luc | tu luc | hoi luc | vao | khoang luc"
_LENGTH_CUES = """
duoc | lam | mat | het | trong | ton | suot | lam them | lam duoc | lam het | du | tong cong | tong | cong | thoi gian | thoi luong | hoan thanh | lam trong
trong vong | trong khoang | keo dai | khoang | tam | chung | co | chac | lam khoang | xong | dau do | chac cung | ghi | mat khoang | het khoang | tron | them | tong thoi gian
lam mat | ton khoang | lam tam | lam chung | tinh ra | dung | hon nua
"""


SPEECH: tuple[tuple[Tag, str, str | None], ...] = (
    (Tag.NOT, _NOT, None),
    (Tag.CALLED_OFF, _CALLED_OFF, None),
    (Tag.HARMLESS, _HARMLESS, None),
    (Tag.QUESTION, _QUESTION, None),
    (Tag.PROGRESS, _PROGRESS, None),
    (Tag.RULE, _RULES, None),
    (Tag.PLAN, _PLAN, None),
    (Tag.ONGOING, _ONGOING, None),
    (Tag.ANNOUNCEMENT, _ANNOUNCEMENT, None),
    (Tag.CORRECTION, _CORRECTION, None),
    (Tag.REMINDER, _REMINDER, None),
    (Tag.REPORT, _REPORT, None),
    (Tag.SMALLTALK, _SMALLTALK, None),
    (Tag.PLEASE_LOG, _PLEASE_LOG, None),
    (Tag.OTHERS, _OTHERS, None),
    (Tag.SELF, _SELF, None),
    (Tag.TITLE, _TITLES, None),
    (Tag.ATTEND, _ATTEND, None),
    (Tag.OCCASION, "chao mung | ky niem | nhan dip | mung | dip | huong ung | chao mung ngay | ky niem ngay | nhan ngay | mung ngay | huong ung ngay | nhan dip ngay", None),
    (Tag.FILLER, _FILLERS, None),
    (Tag.THEN, _THEN, None),
    (Tag.CLOCK_CUE, _CLOCK_CUES, None),
    (Tag.LENGTH_CUE, _LENGTH_CUES, None),
    (Tag.WITH, "voi | cung | cung voi | chung voi | va voi | phoi hop voi | phoi hop cung | ket hop voi | cung nhau", None),
    (Tag.BY, "do | duoi su | theo phan cong cua", None),
    (Tag.AND, "va | & | + | kem | cung voi viec", None),
    (Tag.STOP, ", | ; | . | NEWLINE | ! | ?", None),
)

AT_END = frozenset(phrase.strip() for phrase in _AT_END.split("|"))
NAMES = frozenset(_NAMES.split())
