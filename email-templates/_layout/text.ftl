<#import "/_layout/words.ftl" as words>
<#-- The same mail for those who read no HTML. -->
<#macro page lang advertising=false>
<#local say = words.all[lang]>
${brand.name}

<#nested say>

<#if standing??>
----------------------------------------
${say.standing} ${standing.points}<#if standing.tier??> · ${say.tier} ${standing.tier}</#if>
<#if standing.card_url??>
${say.card}: ${standing.card_url}
</#if>

</#if>
----------------------------------------
${sender.legal_name}
<#if advertising || sender.postal_address??>
${say.address}: ${sender.postal_address?split("\n")?join(", ")}
</#if>
<#if sender.phone??>
${say.phone}: ${sender.phone}
</#if>
<#if advertising || sender.email??>
${say.email}: ${sender.email}
</#if>
<#if sender.website??>
${sender.website}
</#if>
<#if advertising>

${say.reason} ${brand.name}.
${say.stop_question} ${say.stop}: ${unsubscribe_url}
${say.stop_hint} ${say.stop_else} ${sender.email}<#if sender.phone??> ${say.or} ${sender.phone}</#if>.
</#if>
</#macro>

<#-- What the member is given, with its code. -->
<#macro gift say voucher>

    ${voucher.reward}
    ${say.gift_code}: ${voucher.code}
<#if voucher.valid_until??>
    ${say.gift_until} ${voucher.valid_until}
</#if>

${say.gift_use}<#if voucher.terms??> ${voucher.terms}</#if>
</#macro>

<#macro bar percent>
[<#list 1..20 as step><#if (percent >= step * 5)>#<#else>-</#if></#list>] ${percent} %
</#macro>
