<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en" advertising=true; say>
One question
Hello<#if name??>, ${name}</#if>!

How likely are you to recommend ${brand.name} to a friend? 0 is not at all, 10 is very likely.

<#list scores as one>
  ${one.score}: ${one.link}
</#list>

<#if voucher??>
For your time:
<@layout.gift say=say voucher=voucher/>
</#if>

The link opens a page where you confirm your answer, and add a word if you like.

Thank you,
${brand.name}
</@layout.page>
