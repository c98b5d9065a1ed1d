<#if change.rose>Bạn đã lên hạng ${change.name}<#else>Hạng của bạn nay là ${change.name}</#if>
