global using Nonsmooth.Arithmetic;
global using Nonsmooth.Differentiation;
global using Nonsmooth.Evaluation;
global using Nonsmooth.Programs;
global using Nonsmooth.Randomness;
global using Nonsmooth.Tensors;
