<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en">
One more step

Thank you for signing up ${business_name}. Please open this link to confirm that this is your e-mail address, and your loyalty program is ready to be set up:

${link}

<#if keeps_password>
You have an account already. You go on logging in with the password that you have; the one you chose with this signup is not used. If you no longer know it, ask for a new one where you log in.

</#if>
The link works once, for ${valid_for}.

You did not sign up? Then please ignore this e-mail. Unless someone confirms, no account is opened.
</@layout.page>
