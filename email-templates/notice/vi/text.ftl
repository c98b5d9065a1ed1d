<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi"; say>
${notice.subject}
Chào bạn<#if name??>, ${name}</#if>!

<#list notice.paragraphs as paragraph>
${paragraph}

</#list>
<#if notice.button??>
${notice.button.label}: ${notice.button.url}

</#if>
${brand.name}
</@layout.page>
