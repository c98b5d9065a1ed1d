/**
 * Files to take away, written in the background and kept beside the imported ones: owns the exports
 * among {@code import_job} and their {@code import_chunk}s. Piece by piece, each with its place in
 * one transaction, so that whoever takes over goes on where the file ends.
 */
@NullMarked
package io.regulars.edge.exports;

import org.jspecify.annotations.NullMarked;
