package io.steadfast.samples.failover.stock;

import java.util.Map;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Knows how many are left. */
@RestController
class StockController {

    private final String name;

    private volatile boolean errs;

    StockController(@Value("${instance.name}") String name) {
        this.name = name;
    }

    /** From now on every answer is a 500, although the health check says that all is well. Or not any more. */
    void err(boolean now) {
        errs = now;
    }

    @GetMapping("/stock/{id}")
    ResponseEntity<Map<String, Object>> left(@PathVariable("id") int id) {
        return errs
                ? ResponseEntity.internalServerError().build()
                : ResponseEntity.ok(Map.of("id", String.valueOf(id), "left", id % 7, "saidBy", name));
    }
}
