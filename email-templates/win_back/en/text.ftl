<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en" advertising=true; say>
We have not seen you for a while
How are you<#if name??>, ${name}</#if>?

It has been some time since your last visit to ${brand.name}, and we notice when one of our regulars is missing. If something was not right, just answer this e-mail: we want to hear it.

<#if voucher??>
To make the next visit a good one, this is for you:
<@layout.gift say=say voucher=voucher/>
</#if>

Hope to see you soon,
${brand.name}
</@layout.page>
