/** Something in which a statement and its evidence differ. */
export interface Finding {
  /** 1 = the page does not say this; less = it may be put otherwise there. Weights add up. */
  weight: number;
  /** For the model and the reader. */
  reason: string;
}
