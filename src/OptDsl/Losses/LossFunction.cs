namespace OptDsl;

/// <summary>(output, target) → one number per example. The target has the output's shape, or is integer where the loss asks for labels.</summary>
public delegate Expr LossFunction(Expr output, Expr target);
