<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en">
Your ${unit!"points"} end soon
Hello<#if name??>, ${name}</#if>!

<#if all??>All<#else>Some of</#if> your ${unit!"points"} at ${brand.name} end soon:
<#list expiring as part>
  * ${part.points} hold until the end of ${part.until}
</#list>

You can use them on your next visit. After that day they are gone.

See you soon,
${brand.name}
</@layout.page>
