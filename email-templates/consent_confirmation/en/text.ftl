<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en">
One more click
Hello<#if name??>, ${name}</#if>! Somebody, we hope you, asked for offers from ${brand.name} at this address and agreed to this:

${request.wording}

Yes, send me offers:
${link}

The link works for seven days. It was not you, or you changed your mind? Then do nothing: without this click no offers come.
</@layout.page>
