<#import "/_layout/text.ftl" as layout>
<#assign words = {"revenue": "Doanh thu", "purchases": "Số lần mua", "average_order": "Giá trị đơn trung bình", "active_members": "Thành viên có mua", "members_joined": "Thành viên mới", "repeat_purchase_rate": "Thành viên mua hơn một lần", "member_share_of_revenue": "Phần doanh thu từ thành viên", "members_lost": "Thành viên tháng trước có mua, tháng này không", "vouchers_used": "Phiếu quà đã dùng", "purchases_per_member": "Số lần mua mỗi thành viên", "members": "Thành viên", "redemption_rate": "Tỷ lệ điểm đã đổi"}>
<@layout.page lang="vi">
Một tháng cùng khách quen của bạn

Kết quả ${month} của ${shop}; trong ngoặc là tháng trước đó.

<#list figures as figure>
${words[figure.key]!figure.key}: ${figure.value} (${figure.before})
</#list>

Doanh thu theo tháng

<#list months as one>
${one.month}: ${one.revenue}
<@layout.bar percent=one.percent/>
</#list>
<#if goals?has_content>

Mục tiêu của bạn

<#list goals as goal>
${words[goal.key]!goal.key}: ${goal.present}, mục tiêu ${goal.target}, hạn ${goal.by}
<@layout.bar percent=goal.percent/>
</#list>
</#if>
</@layout.page>
