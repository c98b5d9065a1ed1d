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
<#if terms_url??>
${say.terms}: ${terms_url}
</#if>
<#if advertising>

${say.reason} ${brand.name}.
${say.stop_question} ${say.stop}: ${unsubscribe_url}
${say.stop_right}
${say.stop_hint} ${say.stop_else} ${sender.email}<#if sender.phone??> ${say.or} ${sender.phone}</#if>.
</#if>
</#macro>

<#-- What the member is given, with its code. -->
<#macro gift say voucher>

    ${voucher.reward}
<#if voucher.code??>
    ${say.gift_code}: ${voucher.code}
</#if>
<#if voucher.valid_until??>
    ${say.gift_until} ${voucher.valid_until}
</#if>

<#if voucher.code??>${say.gift_use}<#else>${say.gift_booked}</#if><#if voucher.terms??> ${voucher.terms}</#if>
</#macro>

<#macro bar percent>
[<#list 1..20 as step><#if (percent >= step * 5)>#<#else>-</#if></#list>] ${percent} %
</#macro>

<#macro tierProgress say tier>
${say.your_tier} ${tier.name}
<#if tier.next??>
<@bar percent=tier.next.percent/>
${say.only} ${tier.next.missing} ${say.until_tier} ${tier.next.name}.
<#elseif tier.highest??>
${say.highest}
</#if>
</#macro>

<#macro rewardProgress say reward>
${say.next_reward} ${reward.name}
<@bar percent=reward.percent/>
${say.only} ${reward.missing} ${say.until_reward} ${reward.name}.
</#macro>

<#macro rewardsWithinReach say rewards>
${say.within_reach}:
<#list rewards as reward>
  * ${reward.name}: ${reward.cost}
</#list>
</#macro>

<#macro blocks say content>
<#list content.blocks as block>
<#switch block.type>
<#case "heading">
${block.text}

<#break>
<#case "text">
<#list block.paragraphs as paragraph>
<#list paragraph as line>
${line}
</#list>

</#list>
<#break>
<#case "button">
${block.label}:
${block.url}

<#break>
<#case "image">
[${block.alt}]

<#break>
<#case "divider">
----------

<#break>
<#case "progress">
<#if (progress.tier)?? && (block.goal!"tier") == "tier">
<@tierProgress say=say tier=progress.tier/>

<#elseif (progress.next_reward)?? && (block.goal!"reward") == "reward">
<@rewardProgress say=say reward=progress.next_reward/>

</#if>
<#break>
<#case "rewards">
<#if (progress.rewards)??>
<@rewardsWithinReach say=say rewards=progress.rewards/>

</#if>
<#break>
<#case "voucher">
<#if voucher??>
<@gift say=say voucher=voucher/>

</#if>
<#break>
</#switch>
</#list>
</#macro>
