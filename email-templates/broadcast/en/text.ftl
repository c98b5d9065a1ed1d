<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en" advertising=true; say>
News for you
Hello<#if name??>, ${name}</#if>!

There is something new at ${brand.name}, and our regulars hear of it first. Come and see.

<#if voucher??>
And this is for you:
<@layout.gift say=say voucher=voucher/>
</#if>

See you soon,
${brand.name}
</@layout.page>
