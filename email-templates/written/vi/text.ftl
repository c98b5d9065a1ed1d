<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi" advertising=advertising!true; say>
<@layout.blocks say=say content=content/>
</@layout.page>
