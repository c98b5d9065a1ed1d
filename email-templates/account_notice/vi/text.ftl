<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi">
${title}

<#list paragraphs as paragraph>
${paragraph.text}

</#list>
<#if link??>
${button}: ${link}
</#if>
</@layout.page>
