// Everything the page itself says. What the bot says comes from the server.

export const T = {
  me: "Tôi: ",
  bot: "Trợ lý: ",
  sending: "đang gửi…",
  stored: "đã lưu",
  failed: "chưa gửi được",
  retry: "Gửi lại",
  drop: "Bỏ tin này",
  menu: "Menu",
  begin: "Bắt đầu với mã mời",
  zoom: (alt) => `Phóng to ảnh: ${alt || "ảnh"}`,
  download: (name) => `Tải về ${name}`,
  myPhoto: "Ảnh đồng chí đã gửi",
  offline: "Mất kết nối. Tin đồng chí gõ vẫn được giữ ở máy và tự gửi khi có mạng.",
  noServer: "Chưa nối được máy chủ, trang đang thử lại…",
  unreachable: "Chưa nối được máy chủ.",
  notPicture: "Chỉ gửi được ảnh JPG, PNG hoặc WEBP, ví dụ ảnh chụp buổi sinh hoạt.",
  tooLarge: "Ảnh lớn quá 10 MB. Đồng chí chọn ảnh nhỏ hơn giúp.",
  news: (count) => `${count} tin mới`,
  more: "Xem tiếp",
  weekdays: ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"],
  kinds: { xlsx: "Bảng tính Excel", docx: "Văn bản Word", csv: "Bảng CSV", pdf: "Tệp PDF", json: "Dữ liệu JSON", txt: "Văn bản" },
  file: "Tệp",
  roles: { cadre: "Cán bộ", secretary: "Bí thư", admin: "Quản trị" },
  roleHints: {
    cadre: "Ghi hoạt động, xem mình còn thiếu gì",
    secretary: "Xác nhận, theo dõi đơn vị mình",
    admin: "Báo cáo, mời người, toàn thành phố",
  },
  advancing: "Đang tới việc kế tiếp…",
};

// "2026-11-20…" → "Thứ Sáu, 20/11/2026"
export function dayLabel(iso) {
  const [year, month, day] = iso.slice(0, 10).split("-");
  return `${T.weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]}, ${+day}/${+month}/${year}`;
}

export function sizeLabel(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} MB`;
}
