<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en" advertising=true>
Today is your day!
Happy birthday<#if name??>, ${name}</#if>!

Thank you for being one of our regulars at ${brand.name}. We wish you a year full of good health, good company and small pleasures.

<#if voucher??>
We have a little something for you:

    ${voucher.reward}
    Your gift code: ${voucher.code}
<#if voucher.valid_until??>
    Valid until the end of ${voucher.valid_until}
</#if>

How to use it: show this code when you pay, and we do the rest.<#if voucher.terms??> ${voucher.terms}</#if>
<#elseif points??>
Your birthday gift is already on your account:

    +${points.amount}
<#if points.valid_until??>
    Yours to spend until the end of ${points.valid_until}
</#if>

There is nothing you need to do: it is ready for your next visit.
</#if>

See you soon,
${brand.name}
</@layout.page>
