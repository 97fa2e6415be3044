"""The words for what cadres do, folded, by what they are. A longer phrase goes before a shorter one."""

from handlers.reader.tags import Tag

_EVENTS = """
ra quan | le ra quan | chien dich | mua he xanh | mhx | xuan tinh nguyen | ky nghi hong | hoa phuong do | hanh quan xanh
chu nhat xanh | ngay chu nhat xanh | thu bay tinh nguyen | ngay thu bay tinh nguyen | thu 7 tinh nguyen
t7 tinh nguyen | ngay thu 7 tinh nguyen | tiep suc mua thi | tiep suc den truong | ngay hoi | ngay tinh nguyen
le phat dong | tet trong cay | hoi trai | ve nguon | dem hoi | thap nen tri an | thap nen | thap huong tri an
den on dap nghia | gio trai dat | ngay thu bay vi dan | thang thanh nien | xuan yeu thuong | trung thu cho em
dem hoi trang ram | phien cho 0 dong | chuyen xe 0 dong | bep an 0 dong | ao am bien gioi | ngay toan dan
mitting | mit tinh | dieu hanh | chay bo gay quy | chay bo vi | chay vi | di bo vi | di bo dong hanh
"""

# Blood is given by each for themselves: it never is a part of another deed.
_ALONE = "le hoi xuan hong | xuan hong | chu nhat do | hanh trinh do | giot hong | hien mau | hien mau tinh nguyen | hien mau nhan dao | hmtn | hien tieu cau | cho mau"

_WORKS = """
don rac | don ve sinh | ve sinh | don dep | don kenh | don co | don nghia trang | don bai | don kho | don hoi truong
don duong | don chua | don cong | don song | don rach | don kinh | don nha van hoa | don nha tinh thuong | don nha cho | don san | don bien | don dinh
don lua | don mieu | don duong lang | don tuyen duong | don cay | don cong vien | don ap | don xom | don khu
quet don | quet rac | quet duong | quet san | quet cong vien | quet chua | quet von | quet dinh | lau chui | lau don
lau mo | lau bia | nhat rac | luom rac | gom rac | thu gom | vot rac | vot luc binh | vot beo | phan loai rac
doi rac lay qua | bo xoa quang cao | boc quang cao | xoa quang cao | boc xoa quang cao | thao go quang cao
phat quang | phat co | lam co | man co | cat co | nho co | phat hoang | tia canh | cat tia cay
trong cay | trong hoa | trong rung | trong bang | cham soc cay | tuoi cay | tuoi hoa
son hang rao | son tuong | son truong | son phong | son cong | son ban | son lai | ve tranh | ve bich hoa
ve tuong | ve duong hoa | son cau | son ke | son nha
va duong | va o ga | lam duong | lam cau | xay cau | bac cau | sua cau | sua duong | dap de | dap dap | do be tong
lam duong be tong | rai da | trai da | don da | boi duong | dap duong | san lap | be tong hoa | lam ke | gia co de
xay nha tinh thuong | cat nha tinh thuong | sua nha tinh thuong | xay nha dai doan ket | va lo | cat nha | xay nha | dung nha | lam nha | sua nha | loi nha | lop nha | lop mai | xoa nha tam | sua truong | sua dien
sua xe | sua quat | sua may | sua ban | sua hang rao | lap den | gan den | thap sang duong que | gan camera
sua lai nha | sua lai duong | sua lai cau | sua lai cay cau | sua cay cau | sua lai mai | sua lai hang rao | sua lai truong | sua lai cong
phu quan com | phu bep | phu bep an | quan com 2000 | lao dong cong ich | phu lao dong
lam hang rao | lam cot co | lam san choi | lam khu vui choi | dong ban ghe | dong ke sach | trang tri | dung rap
dung san khau | dung trai | dung leu | bung be | khuan vac | boc vac | boc xep | van chuyen | cho qua | cho hang
chuyen hang | phu don | phu cat nha | phu ho | phu lam | phu gat | gat lua | cat lua | be bap | hai rau
truc chot | truc dich vu cong | truc dvc | truc mot cua | truc thu vien | truc cong | truc diem | truc y te | truc dem
truc ban | truc tet | truc le | truc an toan | truc an ninh | truc bao | truc lu | truc phong | truc ho tro
truc hoi | truc ngay hoi | truc sau gio | truc ho boi | truc be boi | truc nha van hoa | truc tiep dan | truc tai
truc o | truc van phong doan | truc doan | truc chien dich | truc cho | truc hien mau | truc xuat hanh quan
tuan tra | canh gac | canh dem | canh chot | giu xe | giu tre | phan luong | dieu tiet giao thong
dieu phoi giao thong | giu trat tu | dam bao an ninh | bao ve | tuc truc
ho tro | huong dan | giup dan | giup ba con | giup do | giup ho | giup nguoi | giup em | giup cac em | giup nong dan
giup nha | giup truong | giup gia dinh | giup dong bao | giup cu | giup xa | giup phuong | phu giup | phu ba con
phu giup ba con | phu phuong | phu xa | phu doan | phu truong | phu dan | phu co | phu chu | phu bac | phu nau
phu phat | phu truc | phu nhap | phu to chuc | phu trang tri | phu sua | phu xay
day kem | day hoc | day boi | day tin hoc | day vi tin | day tieng | day chu | day he | day ve | day vi tinh | day vo
day mua | day dan | day hat | day tre | day cac em | day may em | day em | day mien phi | day may tinh | day lop
day ky nang | day xoa mu | day phu dao | day nghe | day dung | day toan | day van | day anh van | on tap | on bai
on thi cho | xoa mu chu | xoa mu | phu dao | giang bai | ke chuyen | doc sach cho | to chuc tro choi | sinh hoat he
sinh hoat thieu nhi | giu tre | choi voi tre | choi voi cac em | cham soc | tam ruoi cho | cat toc | hot toc
kham benh | kham suc khoe | do huyet ap | phat thuoc | tu van | so cuu | kham rang | cap phat
phat qua | tang qua | trao qua | trao tang | tang sach | gui qua | phat nhu yeu pham | phat com | phat chao
phat sua | phat nuoc | phat banh | phat sach | phat hoc bong | trao hoc bong | trao nha | phat ao | tang ao
tang xe dap | tang tap | tang nuoc | phat gao | tang gao | phat vo | tang vo | tang ve | phat mu bao hiem | phat khau trang
tiep nuoc | nau com | nau chao | nau an | nau banh | goi banh | lam banh | goi qua | goi tap | goi nem | soan qua
vao bao gao | dong goi | chia qua | cuu tro | cuu ho | tiep te | tham hoi | tham me | tham gia dinh | tham ho
tham nguoi | tham cu | tham benh nhan | tham cac cu | tham tre | tham mai am | tham vien | tham trai | tham thuong binh
tham cac em | di tham | vieng nghia trang | vieng mo | tham tang | thu cung
tuyen truyen | van dong | phat to roi | dan to roi | treo bang ron | treo co | cat bang ron | dan ap phich | phat dong
cai dat | cai vneid | cai app | cai ung dung | cai dinh danh | cai chu ky so | kich hoat | dinh danh dien tu
chuyen doi so | dich vu cong | dvc | so hoa | to cong nghe so | to cong nghe so cong dong | cong nghe so | binh dan hoc vu so
nhap lieu | nhap du lieu | nhap danh sach | nhap ho so | nhap so lieu | nhap so doan | ra soat | tong hop | thong ke
lam ho so | lam bao cao | lam so doan | lam so sach | lam ke hoach | lam slide | lam video | lam clip | lam bang
lam thiep | lam den | lam long den | lam poster | lam banner | lam backdrop | lam dao cu | lam mo hinh | lam mc
lam ban tin | lam tap san | lam them | lam giay to | lam the | lam thu tuc
soan | soan thao | viet bai | viet bao cao | viet tin | viet ke hoach | viet kich ban | viet bien ban | viet thu
thiet ke | dung video | dung clip | edit video | chinh sua video | quay phim | chup hinh | chup anh | quay video
dang bai | quan tri fanpage | viet bai fanpage | lam fanpage | truyen thong | dan chuong trinh | phat thanh
chuan bi | kiem ke | sap xep | xep sach | xep ghe | ke ban ghe | khieng ban | dan ghe | in an | photo tai lieu
don tiep | tiep don | dua don | chay xe | cho thi sinh | cho hoc sinh | cho ba con | cho nguoi | lai do | xe om
khao sat | dieu tra | lay phieu | lay y kien | phat phieu | dem so | gay quy | quyen gop | ban hang gay quy
thu gom ve chai | gom ve chai | thu ve chai | ban ve chai | gom do cu | gom quan ao | quyen gop sach | ke hoach nho
phun thuoc | phun khu khuan | sat khuan | diet muoi | diet lang quang | lat lu | phong chong dich
phong chong bao | phong chong lut | phong chay | chua chay | keo be | chan de | dap bao cat | be bao cat | don bun
chay lu | don bao | khac phuc | di doi | so tan | tha ca | tha giong | vot rong | nuoi heo dat | giai cuu
phu trach | to chuc lop | to chuc gian hang | ban gian hang | truc gian hang | phuc vu | phuc vu le | phuc vu hoi
lam cong qua | lam tinh nguyen vien | tinh nguyen vien | ho tro thi sinh | coi thi | cham thi | lam trong tai
lam giam khao | cong trinh thanh nien | phan viec thanh nien | cttn | cau rac | dieu phoi | lam cong tac
lam viec cho doan | lam viec doan | cong tac doan | viec doan | khoan gieng | dat cong | lap dat | lap bon nuoc
tiep suc | dua benh | don rac thai | nhat ve chai | trong sen | trong duoc lieu | dan lat | dan gio | ban nuoc
"""

_VERBS = """
truc | giup | phu | day | lam | sua | son | phat | tang | trao | tham | canh | don | quet | trong | ve
nau | goi | giu | chup | viet | nhap | gom | nhat | cham | lau | cat | xay | dap | tuoi | treo | dan
khieng | vot | gat | dung | chay | rua | boc | xep | vac | dao | cuoc | vot
"""

_VOLUNTEERING = """
tinh nguyen | lam tinh nguyen | hoat dong tinh nguyen | cong tac xa hoi | ctxh | hdtn | tn | hoat dong | thien nguyen
lam viec tinh nguyen | gio tinh nguyen | lam cong ich | cong ich | tu thien | hoat dong doan | viec tinh nguyen
hoat dong xa hoi | hd tn | hd tinh nguyen | phong trao | gio tn
"""

_BRANCH = """
shcd | sinh hoat chi doan | sh chi doan | sh cd | sinh hoat cd | shchidoan | shcđ | hop chi doan | buoi sinh hoat chi doan
sinh hoat doan | sinh hoat chi doan thang | sinh hoat le chi doan | sinh hoat chuyen de | sh chuyen de
sinh hoat dinh ky | sinh hoat dinh ki | sinh hoat thang | sinh hoat dinh ky thang | sinh hoat voi chi doan
sinh hoat cung chi doan | sinh hoat o chi doan | sinh hoat tai chi doan | sinh hoat doan vien | shdv | shcd thang
"""

_MEETINGS = """
hop | di hop | du hop | hoi nghi | giao ban | hop giao ban | cuoc hop | buoi hop | tap huan | hop bch | hop btv
hop ban chap hanh | hop ban thuong vu | dai hoi | so ket | tong ket | hop mat | toa dam | hop online | hop truc tuyen
"""

_INITIATIVES = """
sang kien | sang kien kinh nghiem | skkn | y tuong | y tuong sang tao | giai phap sang tao | de tai sang kien
giai phap | y tuong sang kien | sk kinh nghiem
"""

_SONGS = """
hoi dien van nghe | hat top ca | bai hat | hoc hat | tap hat | hat bai | hoc bai hat | tap bai hat | thi hat | hat tap the | hoc thuoc bai hat
hoc thuoc bai | tap bai | van nghe | tap van nghe | hop ca | tot ca | don ca | song ca | dong ca | ca hat | hat quoc ca
tap hop xuong | hop xuong | don ca tai tu | hat karaoke bai | hat ru | dan ca | hat van nghe | thi van nghe
"""
_DANCES = """
dieu mua | bai mua | hoc mua | tham gia mua | mua tap the | dan vu | nhay dan vu | tap mua | tap dan vu | nhay co dong | mua lan | mua dan vu
mua sap | flashmob | tap nhay | mua hat | lam thon | mua lam thon | mua khmer | aerobic
"""
_SPORTS = """
bong da | da bong | da banh | bong chuyen | danh bong chuyen | cau long | danh cau long | bong ban | danh bong ban
keo co | chay bo | chay viet da | dien kinh | boi loi | dua ghe | dua ghe ngo | co vua | co tuong | da cau | bong ro
pickleball | danh pickleball | tennis | hoi thao | the thao | thi dau | giao huu | chay marathon | vo thuat | tap vo
nhay bao bo | the duc | yoga | tap boi | dua xe dap | chay tiep suc | bi sat | tap the thao | choi the thao
"""

_SHIRT = """
ao thanh nien | mac ao thanh nien | ao thanh nien viet nam | mac ao thanh nien viet nam | ao tnvn | mac ao tnvn
ao doan | mac ao doan | ao xanh | mac ao xanh | ao tn | mac ao tn | ao xanh doan | ao xanh thanh nien | ao xanh tn
ao xanh tinh nguyen | mac ao xanh tinh nguyen | dong phuc doan | mac dong phuc doan | ao doan vien | ao doan thanh nien
mac ao doan thanh nien | bo ao doan | mac ao xanh thanh nien | mac ao | dong phuc thanh nien | ban ao xanh | dien ao doan
"""

_THINGS = """
rac | kenh | rach | duong | hem | cau | nghia trang | nghia trang liet si | liet si | cong vien | truong | lop hoc
hoc sinh | sinh vien | ba con | ho ngheo | gia dinh chinh sach | tre em | thieu nhi | nguoi gia | nguoi dan | nhan dan
cu gia | may cu | cac cu | cac em | em nho | may em | cac be | be | mai am | nha tinh thuong | nha dai doan ket | hoi truong | nha van hoa
ho so | so lieu | so doan | thu vien | chot | dan phong | hoi cho | be tong | cay | hoa | qua | com | chao | banh
benh vien | tram y te | benh nhan | khu cach ly | phuong | xa | khom | ap | mien phi | nguoi lon tuoi | bo doi
gia dinh | ho dan | nguoi ngheo | nguoi khuyet tat | tre mo coi | nong dan | dong bao | cong nhan | thanh nien | thi sinh | du khach | hanh khach
tuong rao | hang rao | tuong dai | dai tuong niem | bia | mo | den tho | chua | dinh | nha tho | cho | bai bien | bo ke | bo song
giao thong | an toan giao thong | an ninh | trat tu | phong chong | van phong | kich ban | danh sach | doan vien | doan phi
tai lieu | bao cao | sach | quan ao | tin hoc | vi tinh | tieng anh | tieng khmer | chu | mau | quy | thu tuc | ho so truc tuyen
cong dan | mot cua | dich | lu | lut | bao | cong dong | cong trinh | khu pho | khu dan cu | dan | dan cu | ho ga | cong ranh | cong
nuoc | san khau | rap | hoi trai | le hoi | chuong trinh | su kien | cuoc thi | hoi thi | dai hoi doan
"""

_TOWNS = """
cai rang | binh thuy | ninh kieu | o mon | thot not | phong dien | vinh thanh | co do | thoi lai | cai khe | an khanh
hung phu | long tuyen | tra noc | soc trang | hau giang | nga bay | nga nam | vi thanh | an binh | tan an | can tho
my khanh | thoi an dong | phuoc thoi | vi thuy | long my | chau thanh | ke sach | my tu | my xuyen | vinh chau
"""

_UNION = """
bch | btv | ban chap hanh | ban thuong vu | xa doan | phuong doan | thanh doan | tinh doan | trung uong doan | tw doan | quan doan | huyen doan | thi doan | doan phuong | doan xa
doan truong | doan co so | doan khoi | doan tn | doan thanh nien | doan tncs | doan vien | doan so | doan ubnd
doan co quan | chi doan | cd | lien chi doan | chi doan co so | doan cap tren | cap tren | doan thi tran | doan benh vien
doi tn | doi thanh nien | doi tnxk | tnxk | thanh nien xung kich | doi thanh nien xung kich | doi tn xung kich | dvtn
doi tinh nguyen | doi hinh tinh nguyen | doi hinh | hoi lhtn | hoi lien hiep thanh nien | hoi sinh vien | hsv
doan cong an | doan quan su | doan khoa | bch doan | btv doan | ban thuong vu doan | ban chap hanh doan
btv thanh doan | bch thanh doan | ban thuong vu thanh doan | ban chap hanh thanh doan | btv tinh doan | bch tinh doan
bch doan phuong | btv doan phuong | bch doan xa | btv doan xa | ban thuong vu doan phuong | ban chap hanh doan phuong
ban thuong vu doan xa | ban chap hanh doan xa | van phong thanh doan | ban phong trao | doan so noi vu | clb | cau lac bo
doan ban | doan cum | doi cong tac xa hoi | dang uy phuong doan | doan dang uy | doan dai hoc
"""

_OFFICE = """
co quan | o co quan | cong ty | o cong ty | tang ca | chi bo | hop chi bo | hop co quan | hop cong ty | hop phong
hop to dan pho | to dan pho | hop phu huynh | phu huynh | hop ubnd | hop uy ban | hop cong doan | hop dang uy
hop hdnd | hop lop | hop xom | hop truong | hop gia dinh | hop dong ho | hop hoi dong | hop so | hop khoa | hop nhom
truc co quan | truc cong ty | truc ca | ca truc | lam ca | di lam | lam viec co quan | viec co quan | viec cong ty
lam viec o cong ty | hop chuyen mon | hop to chuyen mon | hop hoi phu nu | hop mttq | hop mat tran | hop ap | hop khom
hop khu pho | hop cuu chien binh | hop hoi nong dan | hop hoi cu tri | tiep xuc cu tri | hop dan | hop quan su
hop voi sep | hop doanh nghiep | hop ban quan tri | hop ban giam doc | hop giao vien | lam them o quan
"""

_OUTSIDERS = """
cong ty | doanh nghiep | ngan hang | hoi phu nu | hoi chu thap do | chu thap do | cong doan | nha tho | hoi nong dan
nha chua | hoi cuu chien binh | mat tran | nhom thien nguyen | hoi doanh nghiep | giao xu | khach hang | rotary | lions
hoi dong huong | nhom tu thien | hoi tu thien | ban be | nhom ban | hoi nhom | hoi thanh | hoi cuu hoc sinh | phat tu
"""

_PRIVATE = """
nhau | uong bia | uong ruou | di nhau | ngu | ngu quen | an cuoi | dam cuoi | di dam | dam gio | an gio | an tiec | di an
hoc bai | lam bai tap | di hoc | on thi | choi game | xem phim | coi phim | nghe nhac | di choi | du lich | di cho
ca phe | cafe | uong cf | ve que | di phuot | xem da bong | xem bong da | coi da banh | coi bong da | coi da bong | xem da banh
xem bong chuyen | coi hat | xem van nghe | coi van nghe | xem mua lan | hat karaoke | karaoke | lai xe | chay grab
di kham benh | kham benh dinh ky | bi benh | bi sot | ket xe | bi dau | dau bung | tap gym | sinh nhat | mua do | mua sam | an sang
trua com | lam bai | kiem tra bai | lam do an | lam luan van | nau com nha | nau com o nha | don nha em | don nha minh
don nha cua | don nha | don phong | don phong tro | giup me | giup ba me | phu me | rua xe | ve nha | ngu trua | luot web | xem tivi | coi tivi | choi le | di bien | di tam | cau ca
"""

_AGENCY_HEADS = """
chu tich | chu tich ubnd | chu tich phuong | chu tich xa | chu tich uy ban | chu tich ubnd phuong | chu tich ubnd xa
thu truong | thu truong co quan | thu truong don vi | giam doc | hieu truong | giam doc so | truong phong | truong ban
ubnd | ubnd phuong | ubnd xa | ubnd thanh pho | uy ban | lanh dao co quan | lanh dao don vi | vien truong | cuc truong
chanh van phong | pho chu tich | pho giam doc | ban giam hieu | ban giam doc | so noi vu | lanh dao phuong 
lanh dao | lanh dao so | bi thu dang uy | chi huy truong | hieu pho | truong khoa
"""


VOCABULARY: tuple[tuple[Tag, str, str | None], ...] = (
    (Tag.EVENT, _EVENTS, None),
    (Tag.EVENT, _ALONE, "alone"),
    (Tag.WORK, _WORKS, None),
    (Tag.VERB, _VERBS, None),
    (Tag.VOLUNTEERING, _VOLUNTEERING, None),
    (Tag.BRANCH, _BRANCH, None),
    (Tag.MEETING, _MEETINGS, None),
    (Tag.INITIATIVE, _INITIATIVES, None),
    (Tag.CULTURE, _SONGS, "song"),
    (Tag.CULTURE, _DANCES, "group_dance"),
    (Tag.CULTURE, _SPORTS, "sport"),
    (Tag.SHIRT, _SHIRT, None),
    (Tag.THING, _THINGS, None),
    (Tag.PLACE, _TOWNS, None),
    (Tag.UNION, _UNION, None),
    (Tag.OFFICE, _OFFICE, None),
    (Tag.OUTSIDER, _OUTSIDERS, None),
    (Tag.PRIVATE, _PRIVATE, None),
    (Tag.AGENCY, _AGENCY_HEADS, None),
    (Tag.CONVENED, "trieu tap | do trieu tap | theo trieu tap | theo giay moi | theo thu moi | giay moi", None),
    (Tag.PROPOSED, "dk | dang ky | de xuat | da de xuat | nop | da nop | cho xet | cho cong nhan | dang cho cong nhan"
     " | dang cho xet | cho duyet | dang cho | chua duoc cong nhan | chua cong nhan | chua duoc duyet | chua duyet"
     " | chua xet | chua duoc xet | da trinh | viet xong | chua co quyet dinh | chua co qd | khong duoc cong nhan", None),
    (Tag.RECOGNISED, "cong nhan | duoc cong nhan | da duoc cong nhan | da cong nhan | dc cong nhan | duoc duyet cong nhan", None),
    (Tag.PUNCTUAL, "dung gio | co mat dung gio | den dung gio | du dung gio | toi dung gio | den som | toi som | co mat som"
     " | dung gio dung thanh phan | khong tre | khong di tre | khong den tre | khong bi tre | kip gio", "yes"),
    (Tag.LATE, "tre | den tre | di tre | toi tre | vo tre | muon | den muon | di muon | tre gio | den cham | bi tre | vao tre", None),
    (Tag.LEAVE, "nghi phep | xin nghi phep | nghi bu | duoc nghi bu | ngay nghi | duoc nghi | xin phep nghi | dang nghi phep"
     " | hom do nghi phep | nghi le", None),
    (Tag.EACH, "moi ngay | moi buoi | deu | moi lan | moi noi"
     " | moi cai | moi viec | moi ben | ca hai ngay | ca 2 ngay | ngay nao cung | hom nao cung", None),
)  # fmt: skip
