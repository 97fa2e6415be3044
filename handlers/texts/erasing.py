"""The words of erasing one's own data."""

TITLE = "xóa dữ liệu của tôi"
GO_ON, CODE_WORD = "Tôi muốn xóa", "XÓA HẾT"
NOTICE = (
    "Xóa dữ liệu của đồng chí, không lấy lại được:\n"
    "• Mất hẳn: họ tên, mã cán bộ, lời ghi, ảnh, bản đăng ký, bản tự kiểm điểm, góp ý, nhận xét, các cuộc trò chuyện.\n"
    "• Còn lại, không kèm tên: số giờ, số lần, trạng thái, xếp loại, để số liệu đã báo cáo không đổi.\n"
    "• Không đổi: báo cáo đơn vị đã chốt, đã ký; giấy tờ đã in hoặc đã gửi ra ngoài.\n"
    "• Quyền và chức vụ trong bot kết thúc. Danh sách gốc do đơn vị giữ; muốn sửa, đồng chí hỏi Bí thư.\n\n"
    "Nên lấy một bản trước: /dulieu. Chỉ muốn thôi nhận tin thì dùng /roi."
)
FIRST_EXAMPLE = "Đồng chí bấm Tôi muốn xóa hoặc Hủy, hoặc gõ: tôi muốn xóa"
REALLY = f"Để chắc chắn, đồng chí gõ đúng hai chữ: {CODE_WORD}"
REALLY_EXAMPLE = f"Chưa xóa gì. Đồng chí gõ: {CODE_WORD}, hoặc bấm Hủy"
LAST_ADMIN = (
    "Đồng chí là quản trị duy nhất nên tôi chưa xóa được; xin giao quyền Quản trị cho một đồng chí khác trước, ví dụ: "
    "nhập lại danh sách có người thứ hai giữ quyền."
)
DONE = "Đã xóa dữ liệu của đồng chí ✓ Cuộc trò chuyện này không còn gắn với ai. Cảm ơn đồng chí đã làm cùng."
