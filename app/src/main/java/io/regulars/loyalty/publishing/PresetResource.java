package io.regulars.loyalty.publishing;

import io.regulars.loyalty.presets.Preset;
import io.regulars.loyalty.presets.Presets;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

@Path("/v1/presets")
@Tag(name = "Program")
@Produces(MediaType.APPLICATION_JSON)
public final class PresetResource {

    private final Presets presets;

    public PresetResource(Presets presets) {
        this.presets = presets;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(PresetList.class)
    @Operation(
            summary = "Whole programs ready to use",
            description =
                    "For everybody to see, because one is chosen at signup. Texts are in each language.")
    public PresetList list() {
        return new PresetList(presets.all());
    }

    record PresetList(List<Preset> data) {}
}
