<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en" advertising=advertising; say>
Thank you!
Hello<#if name??>, ${name}</#if>!

Thank you for your purchase at ${brand.name}.<#if earned??> It brought you ${earned}.</#if>

<#if voucher??>
And because you came, this is for your next visit:
<@layout.gift say=say voucher=voucher/>
</#if>

If something is not right, just answer this e-mail.

See you soon,
${brand.name}
</@layout.page>
