<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en" advertising=true; say>
Today is your day!
Happy birthday<#if name??>, ${name}</#if>!

Thank you for being one of our regulars at ${brand.name}. We wish you a year full of good health, good company and small pleasures.

<#if voucher??>
We have a little something for you:
<@layout.gift say=say voucher=voucher/>
</#if>

See you soon,
${brand.name}
</@layout.page>
