import Execution
import Testing
