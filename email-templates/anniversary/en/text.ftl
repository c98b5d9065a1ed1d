<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en" advertising=true; say>
<#if years == 1>One year<#else>${years} years</#if> together!
Thank you<#if name??>, ${name}</#if>!

<#if years == 1>A year<#else>${years} years</#if> ago you became one of our regulars at ${brand.name}. Every visit of yours is a reason for us to do a little better.

<#if voucher??>
Here is something to celebrate with:
<@layout.gift say=say voucher=voucher/>
</#if>

See you soon,
${brand.name}
</@layout.page>
