<#if years == 1>One year<#else>${years} years</#if> with you: thank you
