<#if ahead??>Almost <#if years == 1>one year<#else>${years} years</#if><#else><#if years == 1>One year<#else>${years} years</#if></#if> with you: thank you
