<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en">
Reset your password

Someone, we hope you, asked for a new password for the ${brand.name} account with this e-mail address. Open this link to choose one:

${link}

The link works once, for ${valid_for}.

It was not you? Then please ignore this e-mail: your password stays as it is. Do not forward this e-mail to anyone.
</@layout.page>
