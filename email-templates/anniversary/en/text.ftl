<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en" advertising=true; say>
<#if ahead??>Almost <#if years == 1>one year<#else>${years} years</#if><#else><#if years == 1>One year<#else>${years} years</#if></#if> together!
Thank you<#if name??>, ${name}</#if>!

<#if ahead??>It will soon be <#if years == 1>a year<#else>${years} years</#if> since<#else><#if years == 1>A year<#else>${years} years</#if> ago</#if> you became one of our regulars at ${brand.name}. Every visit of yours is a reason for us to do a little better.

<#if voucher??>
Here is something to celebrate with:
<@layout.gift say=say voucher=voucher/>
</#if>

See you soon,
${brand.name}
</@layout.page>
