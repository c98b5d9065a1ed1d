<#if ahead??>Sắp tròn<#else>Kỷ niệm</#if> ${years} năm bạn đồng hành cùng ${brand.name}
