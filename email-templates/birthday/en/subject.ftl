<#if ahead??>Your day is coming!<#else>Today is your day!</#if>
