<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en">
You are unsubscribed
Hello<#if name??>, ${name}</#if>! We received your request at ${received_at}. It took effect at the same moment.

What stops: all advertising by e-mail for all products of ${brand.name}. Your points and rewards stay yours, and messages about them that are no advertising still come.

This is the only confirmation. There is nothing more you need to do.
</@layout.page>
