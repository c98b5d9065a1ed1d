<#if change.rose>You have reached ${change.name}<#else>Your tier is ${change.name} now</#if>
