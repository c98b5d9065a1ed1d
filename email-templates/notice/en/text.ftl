<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en"; say>
${notice.subject}
Hello<#if name??>, ${name}</#if>!

<#list notice.paragraphs as paragraph>
${paragraph}

</#list>
<#if notice.button??>
${notice.button.label}: ${notice.button.url}

</#if>
${brand.name}
</@layout.page>
