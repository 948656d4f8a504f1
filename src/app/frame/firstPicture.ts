/** Selector of the tile in the grid of all pictures that Tab leads to. */
export const FIRST_PICTURE = '.pictures [role=option][tabindex="0"]';
