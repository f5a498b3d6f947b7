package io.steadfast.samples.storefront;

import java.util.List;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** The recommendations service, as it is called over HTTP. */
interface RecommendationApi {

    @GetExchange("/recommendations/{id}")
    List<String> besides(@PathVariable String id);
}
