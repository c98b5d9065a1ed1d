<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en">
One more step

Thank you for signing up ${business_name}. Please open this link to confirm that this is your e-mail address, and your loyalty program is ready to be set up:

${link}

The link works once, for ${valid_for}.

You did not sign up? Then please ignore this e-mail. Unless someone confirms, no account is opened.
</@layout.page>
