<#if ahead??>Sắp đến ngày của BẠN!<#else>Hôm nay là ngày của BẠN!</#if>
