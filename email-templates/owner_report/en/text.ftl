<#import "/_layout/text.ftl" as layout>
<#assign words = {"revenue": "Revenue", "purchases": "Purchases", "average_order": "Average order", "active_members": "Members who bought", "members_joined": "New members", "repeat_purchase_rate": "Members who bought more than once", "member_share_of_revenue": "Members’ share of the revenue", "members_lost": "Members who bought the month before and not now", "vouchers_used": "Vouchers used", "purchases_per_member": "Purchases per member", "members": "Members", "redemption_rate": "Points redeemed of those earned"}>
<@layout.page lang="en">
Your month with your regulars

What ${month} brought to ${shop}; in brackets the month before.

<#list figures as figure>
${words[figure.key]!figure.key}: ${figure.value} (${figure.before})
</#list>

Revenue by month

<#list months as one>
${one.month}: ${one.revenue}
<@layout.bar percent=one.percent/>
</#list>
<#if goals?has_content>

Your goals

<#list goals as goal>
${words[goal.key]!goal.key}: ${goal.present} of ${goal.target}, by ${goal.by}
<@layout.bar percent=goal.percent/>
</#list>
</#if>
</@layout.page>
