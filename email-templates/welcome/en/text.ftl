<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en" advertising=advertising; say>
Welcome!
Hello<#if name??>, ${name}</#if>!

You are a member of ${brand.name} now. Say your name or your e-mail address when you pay, and every purchase counts.

<#if voucher??>
To begin with, this is for you:
<@layout.gift say=say voucher=voucher/>
</#if>
<#if welcome_gift??>

And every new member gets this from us:
<@layout.gift say=say voucher=welcome_gift/>
</#if>
<#if welcome_points??>

To start with, there are ${welcome_points} on your account.
</#if>

See you soon,
${brand.name}
</@layout.page>
