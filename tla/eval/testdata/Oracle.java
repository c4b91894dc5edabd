import java.io.*;
import tla2sany.semantic.ExprNode;
import tlc2.tool.TLCState;
import tlc2.tool.impl.FastTool;
import tlc2.util.Context;
import tlc2.value.impl.Value;

/** Evaluates each assumption of a module with TLC, and prints one line for each:
 *  V and its value, or E and the message of the error. The arguments are the
 *  folder and the name of the module. */
public class Oracle {
  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    ByteArrayOutputStream noise = new ByteArrayOutputStream();
    System.setOut(new PrintStream(noise, true));
    tlc2.util.FP64.Init(0);
    String path = new File(args[0], args[1]).getPath();
    FastTool tool;
    try {
      tool = new FastTool(args[0], path, path,
          new util.SimpleFilenameToStream(new String[] {args[0]}));
    } catch (Throwable e) {
      out.println("LOAD " + e + "\n" + noise);
      return;
    }
    for (ExprNode e : tool.getAssumptions()) {
      String line;
      try {
        Value v = (Value) tool.eval(e, Context.Empty, TLCState.Empty);
        v.deepNormalize(); // as TLC does with what becomes part of a state
        line = "V " + v;
      } catch (StackOverflowError error) {
        line = "E stack overflow";
      } catch (Throwable error) {
        line = "E " + error.getMessage();
      }
      out.println(line.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r"));
    }
    System.exit(0);
  }
}
