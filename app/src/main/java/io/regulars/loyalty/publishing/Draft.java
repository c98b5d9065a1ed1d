package io.regulars.loyalty.publishing;

import io.regulars.loyalty.program.Program;

/**
 * What is to be published next.
 *
 * @param version counts changes; 0 before anyone wrote one
 */
record Draft(Program program, int version) {}
