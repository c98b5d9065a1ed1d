package io.regulars.tenancy.accountmail;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Where the links of these mails lead, and what is the same in all of them. */
public record AccountLinks(URI publicUrl) {

    private static final Map<String, String> SERVICE = Map.of("name", "Regulars");
    private static final Map<String, String> SENDER = Map.of("legal_name", "Regulars");

    public URI signupVerification(String token) {
        return at("/v/" + token);
    }

    public URI passwordReset(String token) {
        return at("/p/" + token);
    }

    public URI invitation(String token) {
        return at("/i/" + token);
    }

    public URI emailChange(String token) {
        return at("/e/" + token);
    }

    /** Who writes. */
    static Map<String, Object> service() {
        return Map.of("brand", SERVICE, "sender", SENDER);
    }

    /**
     * What every such template asks for.
     *
     * @param validFor how long the link works, in the reader's words
     */
    public Map<String, Object> model(URI link, String validFor) {
        Map<String, Object> model = new HashMap<>(service());
        model.put("link", link.toString());
        model.put("valid_for", validFor);
        return model;
    }

    private URI at(String path) {
        String base = publicUrl.toString();
        return URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }
}
