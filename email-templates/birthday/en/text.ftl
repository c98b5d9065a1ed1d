<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en" advertising=true; say>
<#if ahead??>Your day is coming!<#else>Today is your day!</#if>
<#if ahead??>Happy birthday, a little ahead of time<#else>Happy birthday</#if><#if name??>, ${name}</#if>!

Thank you for being one of our regulars at ${brand.name}. We wish you a year full of good health, good company and small pleasures.

<#if voucher??>
We have a little something for you:
<@layout.gift say=say voucher=voucher/>
</#if>

See you soon,
${brand.name}
</@layout.page>
